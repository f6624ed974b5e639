/** Tests of their package. */
@org.jspecify.annotations.NullMarked
package org.auscult.server.auth.ehr;
