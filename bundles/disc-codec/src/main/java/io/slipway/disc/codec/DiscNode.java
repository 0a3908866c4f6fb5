package io.slipway.disc.codec;

/** What a name on a disc leads to. */
sealed interface DiscNode permits FolderNode, LinkNode, OtherNode, RegularNode, UnreadableNode {}
