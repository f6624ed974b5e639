@NullMarked
package org.auscult.feature.profile;

import org.jspecify.annotations.NullMarked;
