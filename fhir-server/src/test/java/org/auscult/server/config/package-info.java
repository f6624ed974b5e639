@NullMarked
package org.auscult.server.config;

import org.jspecify.annotations.NullMarked;
