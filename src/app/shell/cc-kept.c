/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-kept.h"

#include <glib/gi18n.h>

const char *
cc_kept_describe (CcKept kept)
{
  switch (kept)
    {
    case CC_KEPT_ALL:
      return _ ("The case you were typing was saved when the file locked itself.");
    case CC_KEPT_PARTLY:
      return _ ("The case you were typing was saved when the file locked itself, but some of its "
                "text could not be stored and was not kept.");
    case CC_KEPT_NONE:
      return _ ("The case you were typing could not be stored when the file locked itself, and was "
                "not kept.");
    case CC_KEPT_NOTHING:
    case CC_KEPT_BUSY:
    default:
      return NULL;
    }
}
