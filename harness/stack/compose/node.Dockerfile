# What Node runs of a system: a live service, providers/<system>/<component>/main.ts, or with --target mock any of its mocks.
# The context is the root of the project.
#
# Packages come from the registry; where a build cannot reach it, from node_modules of the context: --build-arg PACKAGES=context
ARG PACKAGES=registry

FROM node:24-slim AS manifest
WORKDIR /app
COPY package.json package-lock.json .npmrc ./

FROM manifest AS packages-of-registry
RUN npm ci --omit=dev --ignore-scripts

FROM manifest AS packages-of-context
COPY node_modules node_modules
RUN node -e "const { rmSync } = require('fs'); for (const [path, { dev }] of Object.entries(require('./package-lock.json').packages)) if (dev) rmSync(path, { recursive: true, force: true })"

FROM packages-of-${PACKAGES} AS packages

FROM node:24-slim AS system
ARG SYSTEM
ENV NODE_ENV=production
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
COPY harness harness
COPY contracts/${SYSTEM} contracts/${SYSTEM}

# Its command: the system and the component.
FROM system AS mock
ARG SYSTEM
COPY mocks/${SYSTEM} mocks/${SYSTEM}
COPY pacts/${SYSTEM} pacts/${SYSTEM}
USER node
ENTRYPOINT ["node", "--disable-warning=ExperimentalWarning", "harness/scenario/mock-process.ts"]

FROM system AS live
ARG SYSTEM
ARG COMPONENT
# Names of the service's directories: a volume that is put there for the first time takes over whose they are.
ARG DIRECTORIES=
ENV SYSTEM=${SYSTEM} COMPONENT=${COMPONENT}
RUN mkdir -p /data && for name in ${DIRECTORIES}; do mkdir /data/"$name"; done && chown -R node:node /data
COPY consumers/${SYSTEM} consumers/${SYSTEM}
COPY providers/${SYSTEM} providers/${SYSTEM}
USER node
CMD ["sh", "-c", "exec node --disable-warning=ExperimentalWarning providers/$SYSTEM/$COMPONENT/main.ts"]
