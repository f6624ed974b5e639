@NullMarked
package org.auscult.server.encryption;

import org.jspecify.annotations.NullMarked;
