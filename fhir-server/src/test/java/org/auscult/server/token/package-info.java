@NullMarked
package org.auscult.server.token;

import org.jspecify.annotations.NullMarked;
