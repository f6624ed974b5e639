@NullMarked
package org.auscult.server.page;

import org.jspecify.annotations.NullMarked;
