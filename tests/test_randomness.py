import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.randomness import occasion_hash, seed_key, stream, uniform_rows, uniforms

NUMBER = st.integers(0, 2**31 - 1)


def draws(*key, seed=1):
    return tuple(stream(seed, *key).integers(0, 2**63, 4))


def test_a_stream_is_its_key_and_seed():
    assert draws("lead_time", 3) == draws("lead_time", 3)
    different = {
        draws("a", "b"), draws("ab"), draws("b", "a"), draws("a", "b", ""), draws("a", 1),
        draws("a", "1"), draws("a", 11), draws(), draws("a", "b", seed=2),
    }  # fmt: skip
    assert len(different) == 9


def test_streams_do_not_follow_each_other():
    values = np.array([stream(1, "person", n).random(500) for n in range(200)])
    correlation = np.corrcoef(values)[np.triu_indices(200, 1)]
    assert np.abs(correlation).max() < 0.25  # 19,900 pairs, sd 0.045
    assert correlation.std() == pytest.approx(500**-0.5, rel=0.05)


@given(st.lists(st.integers(-(10**6), 10**6)), st.integers(0, 10**9), st.text())
def test_rows_of_uniforms_are_those_of_each_number(numbers, seed, name):
    rows = uniform_rows(numbers, seed, name, 3)
    assert rows.shape == (len(numbers), 8)
    for number, row in zip(numbers, rows.tolist(), strict=True):
        one = uniforms(seed, name, 3, number)
        assert row == [next(one) for _ in range(8)]


@pytest.mark.parametrize("wrong", [-1, -(2**40)])
def test_a_negative_seed_is_refused(wrong):
    with pytest.raises(ValueError, match="at least 0"):
        stream(wrong, "x")


def test_a_key_that_is_no_name_and_no_number_is_refused():
    with pytest.raises(TypeError):
        stream(1, 1.5)


@given(NUMBER, NUMBER, NUMBER, NUMBER)
def test_the_hash_stays_in_31_bits_and_reads_narrow_integers(key, customer, purpose, occasion):
    value = occasion_hash(key, customer, purpose, occasion)
    assert 0 <= value < 2**31
    narrow = occasion_hash(np.int64(key), np.int32(customer), np.int64(purpose), np.int32(occasion))
    assert narrow == value


def test_compiled_and_plain_hash_agree():
    from numba import njit

    compiled = njit(occasion_hash)
    numbers = np.random.default_rng(41).integers(0, 2**31, (500, 4))
    assert all(compiled(*row) == occasion_hash(*map(int, row)) for row in numbers)
    assert compiled(5, np.int32(7), np.int8(1), 2) == occasion_hash(5, 7, 1, 2)


@pytest.fixture(scope="module")
def table():
    """Hashes as uniforms: customer x purpose x occasion."""
    from numba import njit

    compiled = njit(occasion_hash)

    @njit
    def fill(out, key):
        for c in range(out.shape[0]):
            for p in range(out.shape[1]):
                for n in range(out.shape[2]):
                    out[c, p, n] = compiled(key, c, p, n)

    out = np.empty((200_000, 2, 3), np.int64)
    fill(out, seed_key(1, "season", 0))
    return out.reshape(len(out), -1) / 2**31


def test_hashes_are_uniform_over_customers(table):
    for column in table.T:
        counts = np.bincount((column * 256).astype(int), minlength=256)
        assert chi_square(counts) < 330  # 99.9 % quantile of 255 degrees


def test_hashes_of_one_customer_are_independent(table):
    correlation = np.corrcoef(table.T)[np.triu_indices(6, 1)]
    assert np.abs(correlation).max() < 0.009  # 4 standard errors
    pairs = (table[:, 0] * 16).astype(int) * 16 + (table[:, 1] * 16).astype(int)
    assert chi_square(np.bincount(pairs, minlength=256)) < 330


def test_hashes_of_neighbors_are_independent(table):
    first = (table[:, 0] * 16).astype(int)
    pairs = first[:-1] * 16 + first[1:]
    assert chi_square(np.bincount(pairs, minlength=256)) < 330


def test_one_flipped_bit_flips_half_of_the_hash():
    numbers = np.random.default_rng(42)
    for argument in range(4):
        for bit in (0, 1, 5, 17, 30):
            flips = np.zeros(31)
            for _ in range(400):
                where = [int(x) for x in numbers.integers(0, [2**31, 10**6, 8, 8])]
                there = list(where)
                there[argument] ^= 1 << bit
                changed = occasion_hash(*where) ^ occasion_hash(*there)
                flips += [(changed >> k) & 1 for k in range(31)]
            assert np.abs(flips / 400 - 0.5).max() < 0.12  # sd 0.025


def chi_square(counts):
    expected = counts.sum() / len(counts)
    return ((counts - expected) ** 2).sum() / expected
