/** Tests of the audit log. */
@org.jspecify.annotations.NullMarked
package org.auscult.server.audit;
