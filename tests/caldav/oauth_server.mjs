// An OAuth server that nobody here wrote: oauth2-mock-server, which checks PKCE. It prints its
// port.
import { OAuth2Server } from "../../ui/node_modules/oauth2-mock-server/dist/index.mjs";

const server = new OAuth2Server();
await server.issuer.keys.generate("RS256");
await server.start(0, "127.0.0.1");
console.log(server.address().port);
