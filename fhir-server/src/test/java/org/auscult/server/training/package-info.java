@NullMarked
package org.auscult.server.training;

import org.jspecify.annotations.NullMarked;
