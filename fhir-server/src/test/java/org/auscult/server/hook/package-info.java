@NullMarked
package org.auscult.server.hook;

import org.jspecify.annotations.NullMarked;
