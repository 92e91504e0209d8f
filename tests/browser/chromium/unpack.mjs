// Unpacks the browser into the folder that TMPDIR names, and prints where it is. `node unpack.mjs`
// Said to be there, this makes the package unpack the libraries that a bare machine lacks as well.
process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs22.x';
const { default: chromium } = await import('@sparticuz/chromium');
console.log(await chromium.executablePath());
