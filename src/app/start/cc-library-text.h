/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-texts.h>

#include "library/cc-library.h"

G_BEGIN_DECLS

/* What the start page says about a case file, in the user's language. No widgets here. */

/* "12.4 MB". Free it, as the others. */
char *cc_library_text_size (CcTexts *texts, const char *language, goffset size);

/* "today at 14:02", "yesterday at 9:15", "3 March 2026"; now and then are Unix seconds. */
char *cc_library_text_when (CcTexts *texts, const char *language, gint64 now, gint64 then);

/* "Benin · 12.4 MB · changed today at 14:02". country: its name, NULL where not known. */
char *cc_library_text_describe (const CcLibraryItem *item,
                                const char          *country,
                                CcTexts             *texts,
                                const char          *language,
                                gint64               now);

G_END_DECLS
