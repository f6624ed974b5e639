@NullMarked
package org.auscult.server.adjudication;

import org.jspecify.annotations.NullMarked;
