/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/model/cc-code-search.h>

#include <cc/base/cc-text.h>
#include <cc/model/cc-words.h>

#include <string.h>

#include "cc-pack-private.h"

/* How well a code fits what was typed; smaller is better. */
enum
{
  RANK_EXACT, /* the code, a label or a known word, whole */
  RANK_START, /* the label in the language of the search begins so */
  RANK_WORD,  /* one of its words begins so */
  RANK_OTHER, /* the same in another language */
  RANK_INSIDE,
  RANK_NONE,
};

typedef struct
{
  CcCodeChoice choice;
  char        *texts[CC_N_LANGUAGES]; /* labels, the first in the language of the search */
  char        *folded[CC_N_LANGUAGES];
  char        *code;
  guint        order;
  guint        rank; /* of the last search */
} Item;

struct _CcCodeSearch
{
  CcPack     *pack;
  char       *list;
  char       *language;
  GPtrArray  *items; /* Item, in the order of the list, below their parents */
  GHashTable *by_code;
};

static void
free_item (gpointer data)
{
  Item *item = data;

  for (guint i = 0; i < CC_N_LANGUAGES; i++)
    {
      g_free (item->texts[i]);
      g_free (item->folded[i]);
    }
  g_free (item->code);
  g_free (item);
}

static Item *
create_item (CcCodeSearch *self, const CcCode *code, guint depth)
{
  Item *item = g_new0 (Item, 1);
  guint n = 0;

  item->texts[n++] = cc_pack_get_code_label (self->pack, code, self->language);
  for (guint i = 0; cc_pack_languages[i]; i++)
    if (!g_str_equal (cc_pack_languages[i], self->language) && n < CC_N_LANGUAGES)
      item->texts[n++] = cc_pack_get_code_label (self->pack, code, cc_pack_languages[i]);
  for (guint i = 0; i < n; i++)
    item->folded[i] = cc_text_fold (item->texts[i]);
  item->code = cc_text_fold (code->code);
  item->choice = (CcCodeChoice){ code, item->texts[0], NULL, depth };
  return item;
}

static void
add_below (CcCodeSearch *self, GPtrArray *codes, const char *parent, guint depth)
{
  for (guint i = 0; i < codes->len; i++)
    {
      const CcCode *code = codes->pdata[i];

      if (!g_str_equal (code->parent, parent))
        continue;
      g_ptr_array_add (self->items, create_item (self, code, depth));
      add_below (self, codes, code->code, depth + 1);
    }
}

/* Countries stand in the alphabet of the language, all other lists in the order of the pack. */
static int
compare_labels (gconstpointer a, gconstpointer b)
{
  const Item *x = *(const Item *const *) a;
  const Item *y = *(const Item *const *) b;

  return g_utf8_collate (x->choice.label, y->choice.label);
}

/**
 * cc_code_search_new:
 * @list: a list of the pack
 * @language: of the labels shown
 *
 * Returns: (transfer full): the search; empty for a list without codes
 */
CcCodeSearch *
cc_code_search_new (CcPack *pack, const char *list, const char *language)
{
  CcCodeSearch *self;
  GPtrArray    *codes;

  g_return_val_if_fail (pack != NULL && list != NULL && language != NULL, NULL);

  self = g_new0 (CcCodeSearch, 1);
  self->pack = cc_pack_ref (pack);
  self->list = g_strdup (list);
  self->language = g_strdup (language);
  self->items = g_ptr_array_new_with_free_func (free_item);
  self->by_code = g_hash_table_new (NULL, NULL);
  codes = cc_pack_get_list_codes (pack, list);
  if (codes)
    add_below (self, codes, "", 0);
  if (g_str_equal (list, "COUNTRY"))
    g_ptr_array_sort (self->items, compare_labels);
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = self->items->pdata[i];

      item->order = i;
      g_hash_table_insert (self->by_code, (gpointer) item->choice.code, item);
    }
  return self;
}

/**
 * cc_code_search_free:
 */
void
cc_code_search_free (CcCodeSearch *self)
{
  if (!self)
    return;
  g_hash_table_unref (self->by_code);
  g_ptr_array_unref (self->items);
  g_free (self->language);
  g_free (self->list);
  cc_pack_unref (self->pack);
  g_free (self);
}

/**
 * cc_code_search_get_n:
 *
 * Returns: how many codes there are to choose from
 */
guint
cc_code_search_get_n (CcCodeSearch *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->items->len;
}

/**
 * cc_code_search_get_label:
 *
 * Returns: (transfer none): the label of a code of the list; its code where it is of another list
 */
const char *
cc_code_search_get_label (CcCodeSearch *self, const CcCode *code)
{
  const Item *item;

  g_return_val_if_fail (self != NULL && code != NULL, NULL);

  item = g_hash_table_lookup (self->by_code, code);
  return item ? item->choice.label : code->code;
}

static gboolean
has_word_start (const char *text, const char *start)
{
  const char *found = text;

  while ((found = strstr (found, start)))
    {
      if (found == text || found[-1] == ' ')
        return TRUE;
      found++;
    }
  return FALSE;
}

static guint
rank_item (Item *item, const char *typed)
{
  guint best = RANK_NONE;

  item->choice.other = NULL;
  if (g_str_equal (item->code, typed))
    return RANK_EXACT;
  for (guint i = 0; i < CC_N_LANGUAGES && item->folded[i]; i++)
    {
      const char *text = item->folded[i];
      guint       rank = RANK_NONE;

      if (g_str_equal (text, typed))
        rank = RANK_EXACT;
      else if (g_str_has_prefix (text, typed))
        rank = i == 0 ? RANK_START : RANK_OTHER;
      else if (has_word_start (text, typed))
        rank = i == 0 ? RANK_WORD : RANK_OTHER;
      else if (strlen (typed) > 2 && strstr (text, typed))
        rank = RANK_INSIDE;
      if (rank >= best)
        continue;
      best = rank;
      item->choice.other = i == 0 ? NULL : item->texts[i];
    }
  if (best > RANK_OTHER && g_str_has_prefix (item->code, typed))
    best = RANK_OTHER;
  return best;
}

static int
compare_ranks (gconstpointer a, gconstpointer b)
{
  const Item *x = *(const Item *const *) a;
  const Item *y = *(const Item *const *) b;

  if (x->rank != y->rank)
    return x->rank < y->rank ? -1 : 1;
  return x->order < y->order ? -1 : 1;
}

/* The word an agency would write ("malien", "lady") means a code without standing in a label. */
static const CcCode *
find_word (CcCodeSearch *self, const char *text)
{
  return cc_pack_match_value (self->pack, self->list, text, self->language);
}

/**
 * cc_code_search_find:
 * @text: (nullable): what was typed
 *
 * Returns: (transfer container) (element-type CcCodeChoice): valid until the next search
 */
GPtrArray *
cc_code_search_find (CcCodeSearch *self, const char *text)
{
  GPtrArray *choices = g_ptr_array_new ();
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autofree char *typed = NULL;
  const CcCode    *word;

  g_return_val_if_fail (self != NULL, choices);

  typed = cc_text_fold (text ? text : "");
  word = *typed ? find_word (self, text) : NULL;
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = self->items->pdata[i];

      item->choice.other = NULL;
      item->rank = *typed ? rank_item (item, typed) : RANK_EXACT;
      if (item->choice.code == word && item->rank > RANK_EXACT)
        item->rank = RANK_EXACT;
      if (item->rank < RANK_NONE)
        g_ptr_array_add (found, item);
    }
  g_ptr_array_sort (found, compare_ranks);
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (choices, &((Item *) found->pdata[i])->choice);
  return choices;
}
