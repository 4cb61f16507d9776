# Node alone: no build step, the TypeScript sources are run as they are.
FROM node:22-bookworm-slim
ENV NODE_ENV=production
# For pages that are empty until their programs have run.
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev
COPY . .
# Everything that changes stands in /data; the program itself is read-only.
RUN mkdir /data /keys && chown node:node /data /keys
USER node
ENV MOLVA__STORE__FOLDER=/data MOLVA__WEB__HOST=0.0.0.0
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD node -e "fetch('http://127.0.0.1:8080/healthz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"
ENTRYPOINT ["node", "bin/molva.js"]
CMD ["start"]
