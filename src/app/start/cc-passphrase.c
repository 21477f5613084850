/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-passphrase.h"

#include <glib/gi18n.h>

const char *
cc_passphrase_describe (CcPassphraseLevel level)
{
  switch (level)
    {
    case CC_PASSPHRASE_TOO_EASY:
      return _ ("Too easy: a stranger with the file would find it within minutes.");
    case CC_PASSPHRASE_WEAK:
      return _ ("Weak: a stranger with the file would need days. Add a word or two.");
    case CC_PASSPHRASE_FAIR:
      return _ ("Fair: it would hold for months, perhaps a few years. One more word makes it "
                "strong.");
    case CC_PASSPHRASE_STRONG:
      return _ ("Strong: it would hold for decades, if nobody else knows it.");
    case CC_PASSPHRASE_NONE:
    default:
      return "";
    }
}

const char *
cc_passphrase_explain (const char *passphrase, CcPassphraseLevel level)
{
  g_return_val_if_fail (passphrase != NULL, "");
  if (level == CC_PASSPHRASE_TOO_EASY && cc_passphrase_is_well_known (passphrase))
    return _ ("Too easy: it is well known, and would be tried among the first.");
  if (level == CC_PASSPHRASE_WEAK && cc_passphrase_is_well_known (passphrase))
    return _ ("Weak: most of it is well known. Add words that nobody would put beside it.");
  return cc_passphrase_describe (level);
}
