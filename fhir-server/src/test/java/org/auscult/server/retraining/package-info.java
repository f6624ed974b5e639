@NullMarked
package org.auscult.server.retraining;

import org.jspecify.annotations.NullMarked;
