/**
 * What each write and read means for us, decided at HAPI's pointcuts; everything is done by ports.
 *
 * <p>Read first: {@link org.auscult.interceptor.TimelineInterceptor}.
 *
 * <p>Must not know: Spring, JPA, how anything is stored.
 */
@NullMarked
package org.auscult.interceptor;

import org.jspecify.annotations.NullMarked;
