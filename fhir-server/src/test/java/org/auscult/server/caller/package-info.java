/** Who calls the hooks: honest callers, and attacks. */
@org.jspecify.annotations.NullMarked
package org.auscult.server.caller;
