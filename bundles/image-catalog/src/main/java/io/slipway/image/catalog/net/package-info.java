/** Downloads by HTTP and HTTPS. {@code Download} is what others use; the rest says where from, and writes it. */
package io.slipway.image.catalog.net;
