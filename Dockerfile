# Two stages: what compiles native packages stays behind. The bundled model and reports are inside; nothing is fetched
# when it runs. Build: docker build -t isnad .
FROM node:20-bookworm AS build
WORKDIR /app
# Native packages that have no prebuilt file for the system are compiled with the tools of this image.
ENV ONNXRUNTIME_NODE_INSTALL=skip
COPY package.json package-lock.json .npmrc ./
COPY scripts/ready.mjs scripts/
RUN npm ci --ignore-scripts && npm rebuild better-sqlite3 hnswlib-node
COPY tsconfig.json tsconfig.build.json ./
COPY src src
RUN npx tsc -p tsconfig.build.json && npm prune --omit=dev --ignore-scripts
COPY data data
COPY models models
# The index of the bundled reports is built here, so that the first start answers at once.
RUN node dist/main.js index

FROM node:20-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production STATE_DIR=/var/lib/isnad/state INDEX_DIR=/var/lib/isnad/index
COPY --from=build --chown=root:root /app/package.json ./
COPY --from=build --chown=root:root /app/node_modules node_modules
COPY --from=build --chown=root:root /app/dist dist
COPY --from=build --chown=root:root /app/data data
COPY web web
COPY migrations migrations
COPY --from=build --chown=root:root /app/models models
# The program is root's and read-only; only state and index belong to the user that runs it.
COPY --from=build --chown=node:node /app/index /var/lib/isnad/index
RUN install -d -o node -g node -m 700 /var/lib/isnad/state && chown node:node /var/lib/isnad
# By its number (node), so that a cluster can see that it is not root.
USER 1000
VOLUME ["/var/lib/isnad"]
ENV METRICS_PORT=9464
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:9464/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "--max-semi-space-size=4", "dist/main.js"]
# `start` is the bot, which needs TELEGRAM_BOT_TOKEN; `web` is the page alone.
CMD ["start"]
