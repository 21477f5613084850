/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-map.h>

G_BEGIN_DECLS

/* What the numbers of a file leave open before anything is imported: what point and comma stand for
 * between digits, and what texts such as "<5" mean. Each is said once for the sender; the group
 * [numbers] of a map. */

typedef struct
{
  char   sign;  /* '.' or ',': between digits, in all numbers of the sender; '\0': the text alone */
  char  *text;  /* as the sender wrote it; of a sign the first number with it */
  guint  count; /* cells */
  gint64 number;   /* of a sign: the reading of text as thousands */
  gint64 min, max; /* of a text: the bounds it states, -1 where open */
  gboolean     decided;
  CcNumberMark mark;     /* decided, of a sign */
  gint64       meaning;  /* decided, of a text: the number, or -1 */
  CcNoValue    no_value; /* decided, of a text without a number */
} CcNumberQuestion;

/* Element-type CcNumberQuestion: signs first, what is open before what is decided. */
GPtrArray *cc_number_plan_list (CcPack *pack, CcMap *map, CcInspection *inspection);

/* What the map says of it by now. */
void cc_number_question_look (CcNumberQuestion *self, CcMap *map);
void cc_number_question_free (CcNumberQuestion *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcNumberQuestion, cc_number_question_free)

G_END_DECLS
