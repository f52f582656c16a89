// Starts the production-like server on a free port before the first test and stops it after the last.
import { serve } from "./server.mjs";
import { DIST } from "./dist.mjs";

export default async function startServer() {
  const server = await serve(DIST, 0);
  process.env.RUNBOOK_URL = server.url;
  return server.close;
}
