@NullMarked
package org.auscult.server.synthetic;

import org.jspecify.annotations.NullMarked;
