/** Which source answers a path of the boot content, and which loader serves a client. */
package io.slipway.boot.content;
