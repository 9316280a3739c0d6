package kmemsh.view;

/**
 * What an address in a slab or a large block of kmalloc means.
 *
 * @param page what its page is
 * @param object which object it is
 */
public record WhatIsObject(WhatIs page, ObjectPlace object) {}
