@NullMarked
package org.auscult.server.alert;

import org.jspecify.annotations.NullMarked;
