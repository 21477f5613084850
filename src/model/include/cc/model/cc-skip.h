/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-record.h>

G_BEGIN_DECLS

/* Skip logic, from skips.csv of the pack: which questions apply, given the other answers of the
 * same record. Pure; nothing is deleted here. */

/* One line of skips.csv: `variable` is asked only where `when` is answered with one of `codes`. */
typedef struct
{
  const CcVariable *variable;
  const CcVariable *when;
  GPtrArray        *codes; /* const CcCode*, as listed; codes below them count as well */
} CcSkip;

/* The lines about one variable, element-type CcSkip, owned by the pack; NULL where there is none.
 */
GPtrArray *cc_pack_get_skips (CcPack *self, const CcVariable *variable);

/* Whether the answer to one question makes others change between asked and set aside. */
gboolean cc_pack_governs (CcPack *self, const CcVariable *variable);

/* Why a question does not apply: the first line that does not hold; NULL where it applies. */
const CcSkip *cc_skip_find_reason (CcPack *pack, CcRecord *record, const CcVariable *variable);
gboolean      cc_skip_applies (CcPack *pack, CcRecord *record, const CcVariable *variable);

/* The values of the record that do not count, in its order: element-type CcValue, borrowed. */
GPtrArray *cc_skip_list_set_aside (CcPack *pack, CcRecord *record);

/* What is to be stored: a copy without the values set aside. */
CcRecord *cc_skip_strip (CcPack *pack, CcRecord *record);

G_END_DECLS
