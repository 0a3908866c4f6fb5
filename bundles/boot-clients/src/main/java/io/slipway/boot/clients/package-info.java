/** Who is asking, and what is under way. */
package io.slipway.boot.clients;
