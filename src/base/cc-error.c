/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/base/cc-error.h>

G_DEFINE_QUARK (cc - error - quark, cc_error)
