/** Whether the guide and the code say the same. */
@NullMarked
package org.auscult.server.guide;

import org.jspecify.annotations.NullMarked;
