/** HTTP trees of others as part of the boot content: what is asked for is fetched, and kept. */
package io.slipway.source.http;
