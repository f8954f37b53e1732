"""In: what an entity is asked to look at. Out: comments beside the words they are about (ECMA-376 part 1, 17.13.4)."""

from __future__ import annotations

from icat_reports.ooxml.markup import escape, paragraph, run, style_of, text_run
from icat_reports.ooxml.namespaces import declare
from icat_reports.ooxml.package import DECLARATION
from icat_reports.write_docx.build import Build


def commented(build: Build, remark: str, runs: str) -> str:
    """`runs` with a comment on them; as they are when there is no remark."""
    if not remark:
        return runs
    id_ = len(build.comments)
    mark = '<w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
    author = escape(build.resolved.document.metadata.author)
    initials = "".join(word[0] for word in build.resolved.document.metadata.author.split())
    body = paragraph(style_of("CommentText"), run("<w:annotationRef/>", mark), text_run(remark))
    build.comments.append(
        f'<w:comment w:id="{id_}" w:author="{author}" w:initials="{escape(initials)}">{body}</w:comment>'
    )
    return f'<w:commentRangeStart w:id="{id_}"/>{runs}<w:commentRangeEnd w:id="{id_}"/>' + run(
        f'<w:commentReference w:id="{id_}"/>', mark
    )


def markup(build: Build) -> str:
    """`comments.xml`."""
    return f"{DECLARATION}<w:comments{declare('w')}>{''.join(build.comments)}</w:comments>"
