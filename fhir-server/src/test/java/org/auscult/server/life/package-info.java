@NullMarked
package org.auscult.server.life;

import org.jspecify.annotations.NullMarked;
