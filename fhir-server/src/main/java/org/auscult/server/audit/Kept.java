package org.auscult.server.audit;

/** Where a leaf is durable. */
enum Kept {
  DATABASE,
  /** On this node's disk, until the database takes it. */
  SPOOL
}
