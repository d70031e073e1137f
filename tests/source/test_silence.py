"""silenced() discards standard error, and restores it also after a failure."""

import os

import pytest

from pochade.source.silence import silenced


def write(text: bytes) -> None:
    os.write(2, text)


def next_descriptor() -> int:
    """The number of the next file to be opened; it grows if a descriptor leaks."""
    descriptor = os.dup(2)
    os.close(descriptor)
    return descriptor


def test_standard_error_is_discarded_inside_the_block_only(capfd):
    with silenced(True):
        write(b"inside")
    write(b"after")
    assert capfd.readouterr().err == "after"


def test_nested_blocks_restore_standard_error_at_the_outer_end(capfd):
    with silenced(True):
        with silenced(True):
            pass
        write(b"inside")
    write(b"after")
    assert capfd.readouterr().err == "after"


@pytest.mark.parametrize("function", ["open", "dup2"])
def test_a_failed_redirection_leaves_standard_error_and_later_blocks_intact(capfd, monkeypatch, function):
    def fail(*_):
        raise OSError("too many open files")

    descriptor = next_descriptor()
    with monkeypatch.context() as patch:
        patch.setattr(os, function, fail)
        with pytest.raises(OSError, match="too many open files"), silenced(True):
            pass
    assert next_descriptor() == descriptor
    write(b"before")
    with silenced(True):
        write(b"inside")
    write(b"after")
    assert capfd.readouterr().err == "beforeafter"
