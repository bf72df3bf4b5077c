<?php
// A calendar server of SabreDAV's own parts, with one user, for PHP's own web server:
// FOLDER is where it keeps everything, AUTHENTICATION=Digest has it ask for that.

// This SabreDAV is of an older PHP's time.
error_reporting(E_ERROR | E_PARSE);
date_default_timezone_set('UTC');
require_once 'Sabre/autoload.php';

const REALM = 'Calendars';
$user = getenv('CALENDAR_USER');
$password = getenv('CALENDAR_PASSWORD');

class OneUser extends Sabre\DAV\Auth\Backend\AbstractBasic
{
    public function __construct(private string $user, private string $password)
    {
    }

    protected function validateUserPass($user, $password)
    {
        return [$user, $password] === [$this->user, $this->password];
    }
}

$path = getenv('FOLDER') . '/calendars.sqlite';
$isNew = !file_exists($path);
$pdo = new PDO("sqlite:$path");
$pdo->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
if ($isNew) {
    $pdo->exec('CREATE TABLE calendars (id INTEGER PRIMARY KEY, principaluri, displayname, uri, ctag INTEGER, description,
        calendarorder INTEGER, calendarcolor, timezone, components, transparent INTEGER)');
    $pdo->exec('CREATE TABLE calendarobjects (id INTEGER PRIMARY KEY, calendardata, uri, calendarid INTEGER,
        lastmodified INTEGER, etag, size INTEGER, componenttype, firstoccurence INTEGER, lastoccurence INTEGER)');
    $pdo->exec('CREATE TABLE principals (id INTEGER PRIMARY KEY, uri UNIQUE, email, displayname, vcardurl)');
    $pdo->exec('CREATE TABLE groupmembers (id INTEGER PRIMARY KEY, principal_id INTEGER, member_id INTEGER)');
    $pdo->exec('CREATE TABLE users (id INTEGER PRIMARY KEY, username UNIQUE, digesta1)');
    $pdo->prepare('INSERT INTO principals (uri, displayname) VALUES (?, ?)')->execute(["principals/$user", $user]);
    $pdo->prepare('INSERT INTO users (username, digesta1) VALUES (?, ?)')
        ->execute([$user, md5("$user:" . REALM . ":$password")]);
}

$authentication = getenv('AUTHENTICATION') === 'Digest'
    ? new Sabre\DAV\Auth\Backend\PDO($pdo)
    : new OneUser($user, $password);
$principals = new Sabre\DAVACL\PrincipalBackend\PDO($pdo);
$server = new Sabre\DAV\Server([
    new Sabre\CalDAV\Principal\Collection($principals),
    new Sabre\CalDAV\CalendarRootNode($principals, new Sabre\CalDAV\Backend\PDO($pdo)),
]);
$server->setBaseUri('/dav.php/');
$server->addPlugin(new Sabre\DAV\Auth\Plugin($authentication, REALM));
$server->addPlugin(new Sabre\DAVACL\Plugin());
$server->addPlugin(new Sabre\CalDAV\Plugin());
$server->exec();
