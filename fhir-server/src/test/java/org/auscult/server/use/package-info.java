/** Tests of what clinicians do with cards. */
@NullMarked
package org.auscult.server.use;

import org.jspecify.annotations.NullMarked;
