/** Tests of what holds for every request. */
@org.jspecify.annotations.NullMarked
package org.auscult.server.web;
