/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <cc/intake/cc-map.h>

/* Map files: read and checked, or refused with a reason; what was read survives being written. */

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static CcPack   *pack;
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);
  g_autoptr (GError) error = NULL;
  g_autoptr (CcMap) map = NULL;
  g_autoptr (CcMap) copy = NULL;

  if (pack == NULL)
    pack = cc_pack_load_default (NULL);
  g_assert_nonnull (pack);
  map = cc_map_load_text ("fuzz.map", text, &error);
  g_assert_true ((map == NULL) == (error != NULL));
  if (map == NULL || !cc_map_check (map, pack, NULL))
    return 0;
  copy = cc_map_copy (map);
  g_assert_nonnull (copy);
  g_assert_true (cc_map_check (copy, pack, NULL));
  return 0;
}
