// The OpenID provider that the tests of sign-in start: `node server.mjs REDIRECT_URI`.
// Whoever types a name into its form is that person, with an address that is verified
// unless the name begins with "unverified". Prints its own address when it is ready.
import { createServer } from 'node:http';
import { once } from 'node:events';
import { Provider } from 'oidc-provider';

const server = createServer();
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'compendium',
      client_secret: 'a-secret-that-only-the-tests-know',
      redirect_uris: [process.argv[2]],
      response_types: ['code'],
      grant_types: ['authorization_code'],
    },
  ],
  claims: { email: ['email', 'email_verified'] },
  cookies: { keys: ['only-for-the-tests'] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: true } },
  findAccount: async (_context, id) => ({
    accountId: id,
    claims: async () => ({
      sub: id,
      email: `${id}@example.org`,
      email_verified: !id.startsWith('unverified'),
    }),
  }),
});

server.on('request', provider.callback());
console.log(issuer);
