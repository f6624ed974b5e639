/** Tests of the audit log's proof. */
@NullMarked
package org.auscult.prove.audit;

import org.jspecify.annotations.NullMarked;
