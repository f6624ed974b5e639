@NullMarked
package org.auscult.server.drift;

import org.jspecify.annotations.NullMarked;
