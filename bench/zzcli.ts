import { main } from '../src/cli';
const code = await main(process.argv.slice(2), async () => 2);
process.exitCode = code;
