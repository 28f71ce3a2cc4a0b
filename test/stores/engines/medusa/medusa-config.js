const { defineConfig } = require('@medusajs/framework/utils')

/** A real Medusa on loopback, without admin interface and without Redis: what it falls back to in development is enough here. */
module.exports = defineConfig({
  admin: { disable: true },
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    databaseDriverOptions: { ssl: false },
    http: {
      storeCors: '/.*/',
      adminCors: '/.*/',
      authCors: '/.*/',
      jwtSecret: 'only on loopback',
      cookieSecret: 'only on loopback',
    },
  },
})
